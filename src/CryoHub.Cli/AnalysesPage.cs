using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Analyses;
using CryoHub.Analyses.Parameters;
using CryoHub.Imaging;

namespace CryoHub.Cli;

/// <summary>The page <c>docs/analyses.md</c>, made from the catalogue.</summary>
internal static class AnalysesPage
{
    public static string Text()
    {
        var page = new StringBuilder();
        page.Append("# Analyses\n\nMade by `cryohub analyses --markdown` from the catalogue; `./dev docs` writes it anew, and a test tells when it is out of date.\n");
        page.Append("Each runs from the browser, through the API and as `cryohub run KEY --input FILE --out FOLDER`.\n\n");
        foreach (var info in AnalysisCatalog.Analyses.Select(analysis => analysis.Info))
        {
            page.Append(CultureInfo.InvariantCulture, $"- [{info.Title}](#{info.Key}): {info.Summary}\n");
        }

        foreach (var info in AnalysisCatalog.Analyses.Select(analysis => analysis.Info))
        {
            Describe(page, info);
        }

        return page.ToString();
    }

    private static void Describe(StringBuilder page, AnalysisInfo info)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {info.Key}\n\n**{info.Title}** (version {info.Version}). {info.Summary}\n");
        List(page, "Inputs", info.Inputs.Select(input => $"`{input.Role}`{(input.Required ? "" : " (optional)")}: {string.Join(", ", input.Kinds.Select(kind => kind.Key()))}"));
        List(page, "Formula", info.Formula);
        if (ParameterSchema.Of(info.Parameters)["properties"] is JsonObject { Count: > 0 } parameters)
        {
            page.Append("\n| Parameter | Default | Unit | Meaning |\n|---|---|---|---|\n");
            foreach (var (name, schema) in parameters)
            {
                page.Append(CultureInfo.InvariantCulture, $"| `{name}` | {Value(schema!["default"])} | {Cell((string?)schema["x-unit"] ?? "")} | {Cell(Meaning(schema))} |\n");
            }
        }

        List(page, "Limits", info.Limits);
        List(page, "Literature", info.Literature);
    }

    private static void List(StringBuilder page, string title, IEnumerable<string> lines)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n{title}:\n\n");
        foreach (var line in lines)
        {
            page.Append(CultureInfo.InvariantCulture, $"- {line}\n");
        }
    }

    private static string Meaning(JsonNode schema)
    {
        var words = (string?)schema["description"] ?? (string?)schema["title"] ?? "";
        return schema["enum"] is JsonArray choices ? $"{words} ({string.Join(", ", choices.Select(choice => $"`{choice}`"))})" : words;
    }

    private static string Value(JsonNode? value) => value is null ? "" : $"`{Cell(value.ToJsonString())}`";

    /// <summary>A bar would end the cell.</summary>
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
