using System.Text.Json.Nodes;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Web.Features.Analyses;

/// <summary>Parameters while a person fills in the form: what was typed, what is wrong with it, and what differs from the defaults or from the run before.</summary>
public sealed class ParameterDraft
{
    private readonly Type record;
    private readonly HashSet<string> touched = [];
    private bool isTried;

    /// <param name="record">The parameter record of the analysis.</param>
    /// <param name="previous">Parameters of the job that is run again; <c>null</c> for a new one.</param>
    public ParameterDraft(Type record, JsonObject? previous)
    {
        this.record = record;
        Schema = ParameterSchema.Of(record);
        Specs = ParameterSpec.Of(Schema);
        Previous = previous;
        Values = ParameterSpec.Blank(Schema);
        foreach (var spec in Specs)
        {
            if (previous?[spec.Name] is { } used)
            {
                Values[spec.Name] = used.DeepClone();
            }
            else if (Values[spec.Name] is null && spec is { Type: "array", IsNullable: false })
            {
                Values[spec.Name] = new JsonArray(spec.Items!["properties"] is null ? [] : [ParameterSpec.Blank(spec.Items)]);
            }
        }

        Check();
    }

    public JsonObject Schema { get; }

    public IReadOnlyList<ParameterSpec> Specs { get; }

    public JsonObject Values { get; }

    public JsonObject? Previous { get; }

    public IReadOnlyList<ParameterProblem> Problems { get; private set; } = [];

    /// <summary>What this run will do differently from the one before, or from the defaults.</summary>
    public IEnumerable<ParameterSpec> Changes => Specs.Where(spec => !JsonNode.DeepEquals(Values[spec.Name], Before(spec)));

    /// <summary>What the field held in the run before, else its default.</summary>
    public JsonNode? Before(ParameterSpec spec) => Previous is null ? spec.Default : Previous[spec.Name];

    /// <summary>Puts a value where it belongs and compares the whole with the server's rules.</summary>
    public void Set(JsonObject owner, string name, string path, JsonNode? value)
    {
        owner[name] = value;
        Touch(path);
    }

    /// <summary>Says that the field or list at <paramref name="path"/> was changed in place.</summary>
    public void Touch(string path)
    {
        touched.Add(path);
        Check();
    }

    /// <summary>True where nothing is wrong; from then on every problem is shown, also of fields nobody touched.</summary>
    public bool TryFinish()
    {
        isTried = true;
        return Problems.Count == 0;
    }

    /// <summary>What to show beside a field.</summary>
    public string? ProblemAt(string path) => isTried || touched.Contains(path) ? Problems.FirstOrDefault(problem => problem.Name == path)?.Message : null;

    private void Check() => Problems = ParameterReader.Check(record, Values);
}
