using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Analyses;
using CryoHub.Imaging;

namespace CryoHub.Cli.Server;

/// <summary>One input of a job, written <c>[ROLE=]DATASET[#N]</c>.</summary>
public sealed record DatasetReference(string Role, Guid DatasetId, int Signal)
{
    public static DatasetReference Parse(string text, AnalysisInfo analysis)
    {
        var (role, rest) = text.Split('=', 2) is [var named, var after] ? (named, after) : (analysis.Inputs[0].Role, text);
        var (id, number) = rest.Split('#', 2) is [var dataset, var signal] ? (dataset, signal) : (rest, "0");
        return Guid.TryParse(id, out var datasetId) && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? new DatasetReference(role, datasetId, index)
            : throw ProblemException.Invalid($"'{text}' is no input; expected [ROLE=]DATASET[#N] with a data set's id, for instance {analysis.Inputs[0].Role}={Guid.Empty}#0.");
    }

    public JsonObject ToJson() => new() { ["role"] = Role, ["datasetId"] = DatasetId.ToString(), ["signal"] = Signal };
}
