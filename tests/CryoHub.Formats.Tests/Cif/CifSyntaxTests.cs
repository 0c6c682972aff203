using System.Text;
using CryoHub.Formats.Cif;
using CryoHub.Imaging;
using CryoHub.Imaging.Crystals;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Cif;

/// <summary>Syntax from the CIF 1.1 and 2.0 specifications, written by hand.</summary>
public sealed class CifSyntaxTests
{
    [Fact]
    public async Task Quotes_text_fields_comments_and_uncertainties_are_read()
    {
        var tree = (await OpenAsync("data_x\n_a 'it''s' # comment\n_b \"two words\"\n_c\n;first\nsecond\n;\n_d s#t#r\n_e 1.234(5)\n_f .\n"))[0].Header.Original;
        Assert.Equal("it''s", (string?)tree.Find("x", "_a"));
        Assert.Equal("two words", (string?)tree.Find("x", "_b"));
        Assert.Equal("first\nsecond", (string?)tree.Find("x", "_c"));
        Assert.Equal("s#t#r", (string?)tree.Find("x", "_d"));
        Assert.Equal("1.234(5)", (string?)tree.Find("x", "_e"));
    }

    [Fact]
    public async Task A_quote_inside_a_word_does_not_end_it()
    {
        var tree = (await OpenAsync("data_x\n_a 'a dog's life'\n_b 5'\n"))[0].Header.Original;
        Assert.Equal("a dog's life", (string?)tree.Find("x", "_a"));
        Assert.Equal("5'", (string?)tree.Find("x", "_b"));
    }

    [Fact]
    public async Task Triple_quotes_lists_and_tables_of_CIF_2_are_read()
    {
        var tree = (await OpenAsync("#\\#CIF_2.0\ndata_x\n_a '''one\n'two' '''\n_b [1 [2 3] 4]\n_c {'k':1 'l':[2]}\n"))[0].Header.Original;
        Assert.Equal("one\n'two' ", (string?)tree.Find("x", "_a"));
        Assert.Equal("[1 [2 3] 4]", (string?)tree.Find("x", "_b"));
        Assert.Equal("{'k':1 'l':[2]}", (string?)tree.Find("x", "_c"));
    }

    [Fact]
    public async Task Every_block_with_sites_is_a_structure_under_old_and_new_names()
    {
        const string Old = "data_old\n_cell_length_a 4.000(3)\n_cell_length_b 4\n_cell_length_c 4\n_symmetry_space_group_name_H-M 'F m -3 m'\n"
            + "loop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\nNa1 0 0 0\nCl1 0.5 0.5 0.5\n";
        const string New = "data_new\n_cell.length_a 3\n_cell.length_b 3\n_cell.length_c 3\n_cell.angle_alpha 90\n_cell.angle_beta 90\n_cell.angle_gamma 90\n_space_group.name_H-M_alt 'P 1'\n"
            + "loop_\n_atom_site.label\n_atom_site.type_symbol\n_atom_site.fract_x\n_atom_site.fract_y\n_atom_site.fract_z\n_atom_site.occupancy\nM Fe3+ .1 .2 .3 0.5(1)\n";
        var signals = await OpenAsync(Old + New);
        Assert.Equal(["old", "new"], signals.Select(signal => signal.Header.Name));
        var salt = signals[0].Header.Crystal!;
        Assert.Equal(new UnitCell(4, 4, 4, 90, 90, 90), salt.Cell);
        Assert.Equal(225, salt.SpaceGroupNumber);
        Assert.Equal(4, salt.CellContent()["Na"]);   // rock salt: four formula units in the cell
        Assert.Equal(4, salt.CellContent()["Cl"]);
        Assert.Equal(new AtomSite("M", "Fe", .1, .2, .3, .5), signals[1].Header.Crystal!.Sites[0]);
    }

    [Fact]
    public async Task A_long_loop_is_a_table_of_its_own()
    {
        var profile = string.Concat(Enumerable.Range(0, 600).Select(i => FormattableString.Invariant($"{5 + (0.02 * i):F2} {i}(3)\n")));
        var signal = Assert.Single(await OpenAsync($"data_p\nloop_\n_pd_meas_2theta_scan\n_pd_meas_counts_total\n{profile}"));
        Assert.Equal(SignalKind.Table, signal.Header.Kind);
        Assert.Equal([600, 2], signal.Header.Shape);
        Assert.Equal(599, (double)await signal.ValueAtAsync([599, 1], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("data_x\nloop_\n_a\n_b\n1 2 3\n", "2 columns and 3 values")]
    [InlineData("data_x\n_a\n;never closed\n", "not closed")]
    [InlineData("data_x\n_a\n_b 1\n", "_a has no value")]
    [InlineData("_a 1\n", "before the first data_ heading")]
    [InlineData("data_x\n1\n", "where a name was expected")]
    [InlineData("data_x\n_cell_length_a 1\n_cell_length_b 1\n_cell_length_c 1\n_cell_angle_alpha 170\n_cell_angle_beta 20\nloop_\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n0 0 0\n", "encloses no volume")]
    public async Task A_broken_file_is_refused_in_words(string text, string reason)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => OpenAsync(text));
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<ISignal>> OpenAsync(string text) =>
        new CifReader().OpenAsync(new MemoryFile("x.cif", Encoding.UTF8.GetBytes(text)), TestContext.Current.CancellationToken);
}
