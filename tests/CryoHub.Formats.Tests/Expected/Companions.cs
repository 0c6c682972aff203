namespace CryoHub.Formats.Tests.Expected;

/// <summary>Files that are no signals of their own (notes, tables, arrays of other programs), and the one packing that is not read.</summary>
public static class Companions
{
    private static readonly string[] Endings = [".txt", ".csv", ".npy", ".mat", ".hdr", ".xml", ".emxml", ".ome", ".bz2"];

    public static bool Are(string name) => Endings.Contains(Path.GetExtension(name));
}
