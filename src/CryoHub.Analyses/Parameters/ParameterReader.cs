using System.Text.Json;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Parameters;

/// <summary>Reads parameter records from JSON or from the command line, fills in the defaults and writes the canonical JSON that result reuse hashes.</summary>
public static class ParameterReader
{
    /// <summary>A record of <paramref name="type"/> with the given values and, for the rest, the defaults.</summary>
    /// <exception cref="ProblemException">Every wrong parameter with what was expected and what was found.</exception>
    public static object FromJson(Type type, JsonObject? json)
    {
        var given = json ?? [];
        var problems = Check(type, given);
        return problems.Count == 0
            ? given.Deserialize(type, ParameterJson.Options)!
            : throw ProblemException.Invalid(string.Join(" ", problems.Select(problem => $"Parameter \"{problem.Name}\": {problem.Message}")));
    }

    /// <summary>
    /// As <see cref="FromJson"/>, from <c>name=value</c> pairs. Lists are separated by commas, the fields of one entry by colons in the record's order
    /// (<c>windows=525:545:O K,280:300:C K</c>), inner names joined by dots (<c>region.width=16</c>); a value may also be JSON.
    /// </summary>
    /// <exception cref="ProblemException">As above, or a pair without "=".</exception>
    public static object FromText(Type type, IEnumerable<string> pairs) => FromJson(type, ParameterText.ToJson(type, pairs));

    /// <summary>Everything wrong with <paramref name="json"/>, field by field; empty where <see cref="FromJson"/> will succeed.</summary>
    public static IReadOnlyList<ParameterProblem> Check(Type type, JsonObject json)
    {
        var check = new ParameterCheck();
        check.Record(type, json, "");
        return check.Problems;
    }

    /// <summary>All parameters in order of declaration: equal records give equal text.</summary>
    public static JsonObject ToJson(object parameters) => JsonSerializer.SerializeToNode(parameters, parameters.GetType(), ParameterJson.Options)!.AsObject();
}
