using System.Text;
using CryoHub.Formats.Ncmat;
using CryoHub.Imaging;
using CryoHub.Imaging.Crystals;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Ncmat;

public sealed class NcmatTests
{
    [Fact]
    public async Task The_short_form_of_a_cubic_cell_and_fractions_are_read()
    {
        var crystal = (await OpenAsync("NCMAT v4\n#salt\n@CELL\n cubic 5.64\n@SPACEGROUP\n 225\n@ATOMPOSITIONS\n Na 0 0 0\n Cl 1/2 .5 5e-1\n"))[0].Header.Crystal!;
        Assert.Equal(new UnitCell(5.64, 5.64, 5.64, 90, 90, 90), crystal.Cell);
        Assert.Equal(new AtomSite("Cl", "Cl", .5, .5, .5), crystal.Sites[1]);
        Assert.Equal(225, crystal.SpaceGroupNumber);
    }

    [Fact]
    public async Task A_material_without_a_cell_is_a_document() =>
        Assert.Equal(SignalKind.Document, (await OpenAsync("NCMAT v2\n@DENSITY\n 1 g_per_cm3\n"))[0].Header.Kind);

    [Theory]
    [InlineData("NCMAT v2\n@CELL\n lengths 1 2\n@ATOMPOSITIONS\n Na 0 0 0\n", "2 lengths")]
    [InlineData("NCMAT v2\n@CELL\n lengths 1 2 3\n@ATOMPOSITIONS\n Na 0 0 1/0\n", "'1/0'")]
    public async Task A_broken_file_is_refused_in_words(string text, string reason) =>
        Assert.Contains(reason, (await Assert.ThrowsAsync<ProblemException>(() => OpenAsync(text))).Message, StringComparison.Ordinal);

    private static Task<IReadOnlyList<ISignal>> OpenAsync(string text) =>
        new NcmatReader().OpenAsync(new MemoryFile("x.ncmat", Encoding.UTF8.GetBytes(text)), TestContext.Current.CancellationToken);
}
