using System.Text;
using CryoHub.Formats;

namespace CryoHub.Cli;

/// <summary>The page <c>docs/formats.md</c>, made from the catalogue.</summary>
internal static class FormatsPage
{
    public static string Text(IEnumerable<(string Extension, string Writes)> written)
    {
        var page = new StringBuilder();
        page.Append("# Formats\n\nMade by `cryohub formats --markdown` from the catalogue; `./dev docs` writes it anew, and a test tells when it is out of date.\n\n## Read\n\n");
        page.Append("| Format | Endings | Read | Not read | Specification |\n|---|---|---|---|---|\n");
        foreach (var format in FormatCatalog.Formats.OrderBy(format => format.Title, StringComparer.OrdinalIgnoreCase))
        {
            var endings = string.Join(' ', format.Extensions.Select(extension => $"`{extension}`"));
            page.Append($"| **{Cell(format.Title)}** (`{format.Key}`) | {endings} | {Cell(format.Reads)} | {Cell(format.NotRead)} | <{format.Specification}> |\n");
        }

        page.Append("\n## Write\n\nBy `cryohub convert` and by export in the browser.\n\n| Ending | Written |\n|---|---|\n");
        foreach (var (extension, writes) in written)
        {
            page.Append($"| `{extension}` | {Cell(writes)} |\n");
        }

        return page.ToString();
    }

    /// <summary>A bar would end the cell.</summary>
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
