using System.Runtime.InteropServices;

namespace CryoHub.Imaging.Crystals;

/// <summary>A crystal structure as a signal: one pixel a site, its occupancy.</summary>
public static class StructureSignal
{
    /// <exception cref="ProblemException">Unreadable: no site, or a cell that encloses no volume.</exception>
    public static ISignal Of(string name, Crystal crystal, MetadataTree original)
    {
        if (crystal.Sites.Count == 0)
        {
            throw ProblemException.Unreadable($"The structure {name} has no sites.");
        }

        var cell = crystal.Cell;
        if (!(cell.Volume > 0) || !double.IsFinite(cell.Volume))
        {
            throw ProblemException.Unreadable(
                FormattableString.Invariant($"The cell of {name}, {cell.A}, {cell.B}, {cell.C} angstrom and {cell.Alpha}, {cell.Beta}, {cell.Gamma} degrees, encloses no volume."));
        }

        List<string> elements = [.. crystal.Sites.Select(site => site.Element).Where(element => element.Length > 0).Distinct()];
        var header = new SignalHeader(name, SignalKind.Structure, PixelType.Float64, [new Axis("site", crystal.Sites.Count, "", AxisRole.Index)],
            new AcquisitionMetadata { Elements = elements.Count > 0 ? elements : null }, original)
        {
            Crystal = crystal,
        };
        var occupancies = crystal.Sites.Select(site => site.Occupancy).ToArray();
        return new ArraySignal(header, MemoryMarshal.AsBytes(occupancies.AsSpan()).ToArray());
    }
}
