using System.Runtime.InteropServices;
using System.Text;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Tables;

/// <summary>A file made by a test, as the catalogue's reader opens it.</summary>
internal static class Opened
{
    public static async Task<IReadOnlyList<ISignal>> SignalsAsync(string name, byte[] bytes)
    {
        var file = new MemoryFile(name, bytes);
        var reader = await FormatCatalog.DetectAsync(file, TestContext.Current.CancellationToken);
        return await reader.OpenAsync(file, TestContext.Current.CancellationToken);
    }

    public static Task<IReadOnlyList<ISignal>> SignalsAsync(string name, string text) => SignalsAsync(name, Encoding.UTF8.GetBytes(text));

    /// <summary>All numbers of a float64 or complex128 signal, in C order.</summary>
    public static async Task<IReadOnlyList<double>> NumbersAsync(this ISignal signal)
    {
        var bytes = new byte[signal.Header.FrameBytes];
        await signal.ReadFrameAsync(0, bytes, TestContext.Current.CancellationToken);
        return MemoryMarshal.Cast<byte, double>(bytes).ToArray();
    }

    /// <summary>One column of a table; words as such, an empty cell as NaN or "".</summary>
    public static async Task<object[]> ColumnAsync(this ISignal table, string name)
    {
        var columns = table.Header.Columns!;
        var index = columns.ToList().FindIndex(column => column.Name == name);
        Assert.True(index >= 0, $"no column {name} among {string.Join(", ", columns.Select(column => column.Name))}");
        var numbers = await table.NumbersAsync();
        var cells = numbers.Where((_, i) => i % columns.Count == index);
        return columns[index].Words is { } words ? [.. cells.Select(cell => double.IsNaN(cell) ? "" : words[(int)cell])] : [.. cells.Select(cell => (object)cell)];
    }
}
