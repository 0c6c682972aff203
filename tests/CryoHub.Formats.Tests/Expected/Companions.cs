namespace CryoHub.Formats.Tests.Expected;

/// <summary>Files that are no signals of their own (notes, tables, arrays of other programs).</summary>
public static class Companions
{
    private static readonly string[] Endings = [".txt", ".csv", ".npy", ".hdr", ".xml", ".emxml"];

    /// <summary>Folders whose tables and texts are the samples themselves.</summary>
    private static readonly string[] TextFolders =
    [
        "biologic/",
        "neware/",
        "arbin/",
        "maccor/",
        "bdf/",
        "echem-other/",
        "insitu/",
        "protochips/",
        "imod/",
        "apt/",
        "ebsd/",
        "afm/",
    ];

    /// <summary>Folders in which nothing is a mere companion.</summary>
    private static readonly string[] OwnFolders =
    [
        "mib/",
        "empad/",
        "npy/",
        "nrrd/",
        "ftir/",
        "raman/",
        "xps/",
        "xrd/",
    ];

    public static bool Are(string name) =>
        Endings.Contains(Path.GetExtension(name)) && !In(OwnFolders, name) && !(Path.GetExtension(name) is ".txt" or ".csv" && In(TextFolders, name));

    private static bool In(string[] folders, string name) => folders.Any(folder => name.StartsWith(folder, StringComparison.Ordinal));
}
