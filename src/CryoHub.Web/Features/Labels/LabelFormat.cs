using CryoHub.Imaging;

namespace CryoHub.Web.Features.Labels;

/// <summary>How labels lie on a page. Lengths in millimetres.</summary>
/// <param name="Key">Kebab-case, in addresses.</param>
/// <param name="Qr">Edge of the QR code without its quiet zone.</param>
/// <param name="Left">From the page's edge to the first label.</param>
/// <param name="Pitch">From one label's left edge to the next one's; rows follow without a gap.</param>
public sealed record LabelFormat(
    string Key, string Title, double PageWidth, double PageHeight, double Width, double Height, double Qr, int Columns, int Rows, double Left, double Top, double Pitch)
{
    public static IReadOnlyList<LabelFormat> All { get; } =
    [
        Single("single", "Label printer, 25 × 10 mm", 25, 10, 6.5),
        Single("single-smallest", "Label printer, 20 × 9 mm, QR code 6 mm", 20, 9, 6),
        Single("single-tag", "Label printer, 50 × 25 mm", 50, 25, 16),
        new("a4-189", "A4, 189 labels of 25.4 × 10 mm", 210, 297, 25.4, 10, 6.5, 7, 27, 8.6, 13.5, 27.9),
        new("a4-65", "A4, 65 labels of 38.1 × 21.2 mm", 210, 297, 38.1, 21.2, 13, 5, 13, 4.65, 10.7, 40.65),
    ];

    public int OnPage => Columns * Rows;

    /// <exception cref="ProblemException">Invalid: there is no such format.</exception>
    public static LabelFormat Find(string? key) => All.FirstOrDefault(format => format.Key == (key ?? All[0].Key))
        ?? throw new ProblemException(ProblemKind.Invalid, $"There is no label format “{key}”; there are {string.Join(", ", All.Select(format => format.Key))}.");

    private static LabelFormat Single(string key, string title, double width, double height, double qr) => new(key, title, width, height, width, height, qr, 1, 1, 0, 0, width);
}
