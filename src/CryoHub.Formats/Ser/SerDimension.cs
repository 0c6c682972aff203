namespace CryoHub.Formats.Ser;

/// <summary>One dimension that a series runs along; <paramref name="Element"/> is the index whose coordinate is <paramref name="Offset"/>.</summary>
internal sealed record SerDimension(int Size, double Offset, double Delta, int Element, string Description, string Units)
{
    public double Origin => Offset - (Element * Delta);
}
