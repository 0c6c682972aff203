using CryoHub.Formats.Tests.Expected;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests;

public sealed class ExpectedFilesTests
{
    /// <summary>Folders of real files whose every file must agree with its expected values.</summary>
    private static readonly string[] Folders =
    [
        "mrc",
        "dm3",
        "dm4",
        "msa",
        "tia",
        "tiff",
        "emd",
        "bruker",
        "biologic",
        "mib",
        "blo",
        "tvips",
        "empad",
        "semper",
        "em",
        "dynamo",
        "npy",
        "nrrd",
        "rpl",
        "prz",
        "nexus",
        "hspy",
        "dm5",
        "h5ebsd",
        "dectris",
        "topspin",
        "edax",
        "xradia",
        "phenom",
        "sims",
        "afm",
        "hmsa",
        "digitalsurf",
        "jeol",
        "jeol/1",
        "jeol/1/Sample/00_View002",
        "jeol/Sample/00_View000",
        "cif",
        "ncmat",
        "star",
        "imod",
        "mdoc",
        "serialem-nav",
        "apt",
        "ebsd",
        "neware",
        "zspy",
        "arbin",
        "maccor",
        "bdf",
        "echem-other",
        "insitu",
        "protochips",
        "massspec",
        "jcamp",
        "ftir",
        "raman",
        "xps",
        "xrd",
    ];

    public static TheoryData<string> Files => SharedData.IsPresent
        ? [.. Folders.SelectMany(ExpectedFile.Of).Where(name => !Companions.Are(name))]
        : [""];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_real_file_reads_as_an_independent_reader_reads_it(string name)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var differences = string.Join('\n', (await Agreement.OfAsync(name)).Differences);
        Assert.True(differences.Length == 0, differences);
    }

    /// <summary>Every folder of real files, also those that no reader owns yet: what is listed as owned must agree, and the table says how the rest stands.</summary>
    [Fact]
    public async Task The_table_of_formats_files_and_agreements_has_no_gap_among_the_owned()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        List<(string Folder, int Files, int Agreed, string First)> rows = [];
        foreach (var folder in ExpectedFile.Folders())
        {
            List<(string Name, Agreement Agreement)> all = [];
            foreach (var name in ExpectedFile.Of(folder))
            {
                all.Add((name, await Agreement.OfAsync(name)));
            }

            var apart = all.Where(file => file.Agreement.Differences.Count > 0).Select(file => file.Name).ToList();
            rows.Add((folder, all.Count, all.Count - apart.Count, string.Join(' ', apart.Take(3).Select(Path.GetFileName))));
        }

        Console.WriteLine($"agreement: {"format",-28} {"files",6} {"agreed",7}");
        foreach (var (folder, files, agreed, first) in rows.Append(("all", rows.Sum(row => row.Files), rows.Sum(row => row.Agreed), "")))
        {
            Console.WriteLine($"agreement: {folder,-28} {files,6} {agreed,7}  {first}");
        }

        Assert.Empty(Folders.Except(rows.Select(row => row.Folder)));
        Assert.All(await Task.WhenAll(Files.Select(row => Agreement.OfAsync(row.Data))), agreement => Assert.Empty(agreement.Differences));
    }
}
