using CryoHub.Formats.Tests.Contract;
using CryoHub.Formats.Tests.Expected;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Diffraction;

/// <summary>Files of a folder in which some have no reader yet: those that have one agree with an independent reader.</summary>
public sealed class DiffractionFilesTests
{
    public static TheoryData<string> Files => SharedData.IsPresent ? [.. Samples.All.Select(sample => sample.File).Where(file => file.StartsWith("xrd/", StringComparison.Ordinal))] : [""];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_of_a_known_form_reads_as_an_independent_reader_reads_it(string name)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var differences = string.Join('\n', (await Agreement.OfAsync(name)).Differences);
        Assert.True(differences.Length == 0, differences);
    }
}
