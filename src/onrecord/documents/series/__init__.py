"""Series files: from a file of figures over time, by a loader that a small data file describes, to series."""

from onrecord.documents.series.described import Loader, loaders
from onrecord.documents.series.loading import LoadedSeries, load_series

__all__ = ["LoadedSeries", "Loader", "load_series", "loaders"]
