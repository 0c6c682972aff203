namespace CryoHub.Numerics.Registration;

/// <summary>By how much one image is displaced against another.</summary>
/// <param name="X">Columns that features of the second image lie further right.</param>
/// <param name="Y">Rows that they lie further down.</param>
/// <param name="Correlation">Correlation coefficient of the filtered images at that shift.</param>
public readonly record struct ImageShift(double X, double Y, double Correlation);
