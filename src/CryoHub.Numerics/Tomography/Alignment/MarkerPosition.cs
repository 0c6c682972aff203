namespace CryoHub.Numerics.Tomography.Alignment;

/// <summary>Where a marker was seen: pixels from the middle of the image, columns and rows.</summary>
/// <param name="View">Number of the view.</param>
/// <param name="Marker">Number of the marker.</param>
/// <param name="X">Columns from the middle.</param>
/// <param name="Y">Rows from the middle.</param>
public readonly record struct MarkerPosition(int View, int Marker, double X, double Y);
