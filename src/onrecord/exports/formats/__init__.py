"""The formats that come with onrecord, registered by entry point as a third party's are."""
