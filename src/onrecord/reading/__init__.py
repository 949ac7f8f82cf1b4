"""From a document to what is stated in it: pure, without input or output once the model is loaded."""
