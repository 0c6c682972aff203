using CryoHub.Formats.Tests.Expected;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Contract;

/// <summary>Which real files belong to which reader.</summary>
public static class Samples
{
    /// <summary>Folder of real files, key of the reader that owns them.</summary>
    private static readonly Dictionary<string, string> Owners = new()
    {
        ["mrc"] = "mrc",
        ["dm3"] = "digital-micrograph",
        ["dm4"] = "digital-micrograph",
        ["msa"] = "msa",
        ["tia"] = "tia",
        ["tiff"] = "tiff",
        ["emd"] = "hdf5",
        ["nexus"] = "hdf5",
        ["hspy"] = "hdf5",
        ["dm5"] = "hdf5",
        ["h5ebsd"] = "hdf5",
        ["dectris"] = "hdf5",
        ["topspin"] = "hdf5",
        ["bruker"] = "bruker-bcf",
        ["edax"] = "edax-up",
        ["xradia"] = "xradia",
        ["jeol"] = "jeol",
        ["jeol/1"] = "jeol",
        ["jeol/1/Sample/00_View002"] = "jeol",
        ["jeol/Sample/00_View000"] = "jeol",
        ["biologic"] = "biologic-mpr",
        ["neware"] = "neware-ndax",
    };

    /// <summary>Files of such a folder that belong to another reader.</summary>
    private static readonly Dictionary<string, string> Endings = new()
    {
        [".gz"] = "gzip",
        [".spx"] = "bruker-spx",
        [".h5"] = "hdf5",
        [".app5"] = "hdf5",
        [".topostats"] = "hdf5",
        [".spc"] = "edax-spc",
        [".mpt"] = "biologic-mpt",
        [".mps"] = "biologic-mpt",
        [".nda"] = "neware-nda",
    };

    /// <summary>Keys of the readers that have samples.</summary>
    public static IEnumerable<string> Keys => Owners.Values.Concat(Endings.Values).Distinct();

    public static IEnumerable<(string File, string Key)> All =>
        from owner in Owners
        from file in ExpectedFile.Of(owner.Key)
        where !Companions.Are(file) && !file.EndsWith(".zip", StringComparison.Ordinal)
        select (file, Endings.GetValueOrDefault(Path.GetExtension(file), owner.Value));

    /// <summary>The smallest samples of a reader: fuzzing them reaches the same code as fuzzing large ones.</summary>
    public static IEnumerable<string> Smallest(string key, int count) =>
        All.Where(sample => sample.Key == key).Select(sample => SharedData.PathOf(sample.File)).OrderBy(path => new FileInfo(path).Length).Take(count);
}
