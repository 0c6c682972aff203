namespace CryoHub.Imaging.Crystals;

/// <summary>What follows from a crystal's operations.</summary>
public static class CrystalSymmetry
{
    // Two images nearer than this (angstrom) are one site on a special position; coordinates are often rounded to three digits.
    private const double SameSite = 0.4;
    private const int MostImages = 192 * 2000;

    /// <summary>The operations as the file lists them or, where it lists none, those of its space group; the identity alone where neither is known.</summary>
    public static IReadOnlyList<SymmetryOperation> Symmetry(this Crystal crystal)
    {
        List<SymmetryOperation> listed = [.. crystal.Operations.Select(SymmetryOperation.Parse).OfType<SymmetryOperation>()];
        if (listed.Count > 0)
        {
            return listed;
        }

        var group = SpaceGroup.Find(crystal.SpaceGroup) ?? (crystal.SpaceGroupNumber is { } number ? SpaceGroup.Find(number) : null);
        return group?.Operations ?? [SymmetryOperation.Parse("x,y,z")!];
    }

    /// <summary>True where the symmetry forbids the reflection (hkl).</summary>
    public static bool IsAbsent(this Crystal crystal, int h, int k, int l) => crystal.Symmetry().Any(operation => operation.Extinguishes(h, k, l));

    /// <summary>Atoms in the cell by element: each site's occupancy times the number of its distinct images; empty for more sites than a cell can sensibly hold.</summary>
    public static IReadOnlyDictionary<string, double> CellContent(this Crystal crystal)
    {
        var operations = crystal.Symmetry();
        var content = new SortedDictionary<string, double>(StringComparer.Ordinal);
        if ((long)operations.Count * crystal.Sites.Count > MostImages)
        {
            return content;
        }

        foreach (var site in crystal.Sites.Where(site => double.IsFinite(site.X + site.Y + site.Z + site.Occupancy)))
        {
            content[site.Element] = content.GetValueOrDefault(site.Element) + (site.Occupancy * Images(crystal.Cell, operations, site));
        }

        return content;
    }

    private static int Images(UnitCell cell, IReadOnlyList<SymmetryOperation> operations, AtomSite site)
    {
        List<(double X, double Y, double Z)> images = [];
        foreach (var operation in operations)
        {
            var image = operation.Apply(site.X, site.Y, site.Z);
            if (!images.Exists(other => cell.Distance(Nearest(image.X - other.X), Nearest(image.Y - other.Y), Nearest(image.Z - other.Z)) < SameSite))
            {
                images.Add(image);
            }
        }

        return images.Count;
    }

    private static double Nearest(double difference) => difference - Math.Round(difference);
}
