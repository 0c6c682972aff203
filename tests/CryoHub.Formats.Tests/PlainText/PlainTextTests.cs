using System.Text;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.PlainText;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("a.txt", "time,V (mV)\n1,2.5\n2,3.5\n", "time V (mV)", 2, 2)]
    [InlineData("a.dat", "a;b\n1,5;2\n2,5;3\n", "a b", 2, 2)]
    [InlineData("a.txt", "# note\n1 2 3\n4 5 6\n", "column 1 column 2 column 3", 2, 3)]
    [InlineData("a.dat", "name\tx\nfirst\t1\nsecond\t2\n", "name x", 2, 2)]
    [InlineData("a.txt", "5\n6\n7\n", "column 1", 3, 1)]
    public async Task Equal_rows_of_numbers_are_a_table(string name, string text, string columns, int rows, int width)
    {
        var header = (await OpenAsync(name, Encoding.UTF8.GetBytes(text)))[0].Header;
        Assert.Equal(SignalKind.Table, header.Kind);
        Assert.Equal(columns, string.Join(' ', header.Columns!.Select(column => column.Name)));
        Assert.Equal([rows, width], header.Shape);
    }

    [Fact]
    public async Task Sections_keys_and_values_of_a_document_are_in_its_tree()
    {
        var tree = (await OpenAsync("a.ini", "[Beam]\r\nkV = 300\r\nTime: 12:30:01\r\nNote\tsome text\r\n[Beam]\r\nkV = 200\r\n"u8.ToArray()))[0].Header.Original;
        Assert.Equal("12:30:01", (string?)tree.Find("Beam", "Time"));
        Assert.Equal("some text", (string?)tree.Find("Beam", "Note"));
        Assert.Equal(["300", "200"], tree.Find("Beam", "kV")!.AsArray().Select(value => (string?)value));
    }

    [Fact]
    public async Task UTF_16_and_Latin_1_become_text()
    {
        Assert.Equal("20 µm", (string?)(await OpenAsync("a.txt", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("width = 20 µm\nthe end\n")]))[0].Header.Original.Find("width"));
        Assert.Equal("20 µm", (string?)(await OpenAsync("a.txt", Encoding.Latin1.GetBytes("width = 20 µm\nthe end\n")))[0].Header.Original.Find("width"));
    }

    [Fact]
    public async Task XML_and_JSON_are_trees()
    {
        Assert.Equal(3, (double)(await OpenAsync("a.xml", "<a><b c=\"x\">3</b></a>"u8.ToArray()))[0].Header.Original.Find("a", "b", "#text")!);
        Assert.Equal(2, (int)(await OpenAsync("a.json", "{\"a\":{\"b\":2}}"u8.ToArray()))[0].Header.Original.Find("a", "b")!);
        Assert.Equal("Feature", (string?)(await OpenAsync("a.geojson", "{\n\"type\": \"Feature\" }"u8.ToArray()))[0].Header.Original.Find("type"));
        Assert.Equal(SignalKind.Document, (await OpenAsync("a.json", "{\"a\":1,\"a\":2}"u8.ToArray()))[0].Header.Kind);
    }

    [Fact]
    public async Task A_document_type_is_refused()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => OpenAsync("a.xml", "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>"u8.ToArray()));
        Assert.Contains("DTD", problem.Message, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<ISignal>> OpenAsync(string name, byte[] bytes)
    {
        var file = new MemoryFile(name, bytes);
        var reader = await FormatCatalog.DetectAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal("text", reader.Format.Key);
        return await reader.OpenAsync(file, TestContext.Current.CancellationToken);
    }
}
