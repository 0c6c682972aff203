namespace CryoHub.Platform.Datasets;

/// <summary>By what a list of data sets is ordered: Created newest first, all others ascending; Descending turns it round.</summary>
public enum DatasetOrder { Created, Name, Acquired, Size, Kind }
