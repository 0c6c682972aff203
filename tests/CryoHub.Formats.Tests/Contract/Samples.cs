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
        ["zspy"] = "zspy",
        ["bruker"] = "bruker-bcf",
        ["cif"] = "cif",
        ["ncmat"] = "ncmat",
        ["star"] = "star",
        ["imod"] = "imod-table",
        ["mdoc"] = "serialem-autodoc",
        ["serialem-nav"] = "serialem-autodoc",
        ["apt"] = "atom-probe-ranges",
        ["ebsd"] = "text",
        ["edax"] = "edax-up",
        ["xradia"] = "xradia",
        ["digitalsurf"] = "digital-surf",
        ["hmsa"] = "hmsa",
        ["afm"] = "nanoscope",
        ["sims"] = "cameca-sims",
        ["phenom"] = "bzip2",
        ["jeol"] = "jeol",
        ["jeol/1"] = "jeol",
        ["jeol/1/Sample/00_View002"] = "jeol",
        ["jeol/Sample/00_View000"] = "jeol",
        ["mib"] = "mib",
        ["blo"] = "blo",
        ["tvips"] = "tvips",
        ["empad"] = "empad",
        ["semper"] = "semper",
        ["em"] = "em",
        ["dynamo"] = "dynamo-table",
        ["npy"] = "npy",
        ["nrrd"] = "nrrd",
        ["rpl"] = "ripple",
        ["prz"] = "prz",
        ["biologic"] = "biologic-mpr",
        ["neware"] = "neware-ndax",
        ["arbin"] = "delimited-text",
        ["maccor"] = "maccor",
        ["bdf"] = "delimited-text",
        ["echem-other"] = "impedance-text",
        ["insitu"] = "denssolutions",
        ["protochips"] = "protochips",
        ["massspec"] = "quadstar",
        ["jcamp"] = "jcamp-dx",
        ["ftir"] = "text",
        ["raman"] = "renishaw-wdf",
        ["xrd"] = "text",
        ["xps"] = "vamas",
    };

    /// <summary>Files that belong to another reader than their folder, by ending; by folder and ending, or by name, where the ending alone does not tell.</summary>
    private static readonly Dictionary<string, string> Endings = new()
    {
        [".gz"] = "gzip",
        [".ome"] = "ome-companion",
        [".bz2"] = "bzip2",
        [".mat"] = "matlab",
        [".npz"] = "npz",
        [".doc"] = "dynamo-map",
        [".spx"] = "bruker-spx",
        [".h5"] = "hdf5",
        [".app5"] = "hdf5",
        [".topostats"] = "hdf5",
        [".spc"] = "edax-spc",
        [".jpk-qi-image"] = "tiff",
        [".jpk-force"] = "jpk",
        [".pxp"] = "igor",
        [".ibw"] = "igor",
        [".gwy"] = "gwyddion",
        [".sxm"] = "nanonis",
        [".mpt"] = "biologic-mpt",
        [".mps"] = "biologic-mpt",
        [".nda"] = "neware-nda",
        [".parquet"] = "parquet",
        ["neware/.csv"] = "delimited-text",
        ["echem-other/.csv"] = "delimited-text",
        [".res"] = "arbin-res",
        [".DTA"] = "gamry-dta",
        ["afm/fmt-ntmdt-txt-fd_2015_01_17_gel4-0,1_mQ_adh_6B_Curve_DFL_Height_51.txt"] = "text",
        ["imod/.mod"] = "imod-model",
        ["imod/.txt"] = "text",
        ["imod/.com"] = "text",
        ["imod/.edf"] = "text",
        ["imod/.log"] = "text",
        ["apt/.pos"] = "atom-probe-ions",
        ["apt/.analysis"] = "text",
        ["ebsd/.ang"] = "ebsd-ang",
        ["ebsd/.ctf"] = "ebsd-ctf",
        ["ebsd/.dat"] = "ebsd-nordif",
        ["ebsd/.bmp"] = "bmp",
        ["afm/.csv"] = "delimited-text",
        [".asp"] = "perkin-elmer-asp",
        ["raman/.txt"] = "text",
        ["raman/.xml"] = "labspec-xml",
        ["xrd/.xrdml"] = "xrdml",
        ["xrd/.raw"] = "bruker-raw",
        ["xrd/.brml"] = "bruker-brml",
        ["xrd/.xml"] = "bruker-rawdata-xml",
        ["xrd/.rasx"] = "rigaku-rasx",
        ["xrd/.spe"] = "princeton-spe",
        ["xrd/.dat"] = "rietveld-dat",
        ["xrd/.xsyg"] = "xsyg",
        ["xrd/.csv"] = "delimited-text",
        ["xps/.txt"] = "text",
        ["xps/.csv"] = "delimited-text",
        ["xps/.xml"] = "specs-xml",
        ["xps/.spe"] = "phi-multipak",
        ["xps/.pro"] = "phi-multipak",
    };

    /// <summary>Keys of the readers that have samples.</summary>
    public static IEnumerable<string> Keys => All.Select(sample => sample.Key).Distinct();

    public static IEnumerable<(string File, string Key)> All =>
        from owner in Owners
        from file in ExpectedFile.Of(owner.Key)
        where !Companions.Are(file) && !file.EndsWith(".zip", StringComparison.Ordinal)
        let ending = Path.GetExtension(file)
        select (file, Endings.GetValueOrDefault(file) ?? Endings.GetValueOrDefault($"{owner.Key}/{ending}") ?? Endings.GetValueOrDefault(ending, owner.Value));

    /// <summary>The smallest samples of a reader: fuzzing them reaches the same code as fuzzing large ones.</summary>
    public static IEnumerable<string> Smallest(string key, int count) =>
        All.Where(sample => sample.Key == key).Select(sample => SharedData.PathOf(sample.File)).OrderBy(path => new FileInfo(path).Length).Take(count);
}
