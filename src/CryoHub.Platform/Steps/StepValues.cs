using System.Text.Json;
using CryoHub.Imaging;
using CryoHub.Platform.Quantities;

namespace CryoHub.Platform.Steps;

/// <summary>What people typed into the fields of a step, checked, and back.</summary>
public static class StepValues
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Reads each typed value by its field; empty ones are left out.</summary>
    /// <exception cref="ProblemException">Invalid, with the label of the field.</exception>
    public static IReadOnlyDictionary<string, StepValue> Read(StepKind kind, IReadOnlyDictionary<string, string> typed)
    {
        var values = new Dictionary<string, StepValue>();
        foreach (var (key, text) in typed.Where(pair => !string.IsNullOrWhiteSpace(pair.Value)))
        {
            var field = kind.Field(key) ?? throw new ProblemException(ProblemKind.Invalid, $"A step of kind {kind.Key} has no field “{key}”; it has {string.Join(", ", kind.Fields.Select(f => f.Key))}.");
            values[key] = Read(field, text.Trim());
        }

        CheckRange(values, CommonFields.Coldest, CommonFields.Warmest);
        CheckRange(values, kind.Field("lower-cut-off"), kind.Field("upper-cut-off"));
        return values;
    }

    public static JsonDocument ToJson(IReadOnlyDictionary<string, StepValue> values) => JsonSerializer.SerializeToDocument(values, Options);

    public static IReadOnlyDictionary<string, StepValue> FromJson(JsonDocument values) => values.Deserialize<Dictionary<string, StepValue>>(Options) ?? [];

    private static StepValue Read(StepField field, string text)
    {
        if (text.Length > 2000)
        {
            throw new ProblemException(ProblemKind.Invalid, $"{field.Label}: {text.Length} characters; 2000 is the limit.");
        }

        switch (field.Kind)
        {
            case FieldKind.Quantity:
                try
                {
                    var quantity = Quantity.Parse(text, field.Dimension!.Value, Units.Of(field.Dimension.Value, field.Unit));
                    return new(quantity.Typed, quantity.Si);
                }
                catch (ProblemException problem)
                {
                    throw new ProblemException(ProblemKind.Invalid, $"{field.Label}: {problem.Message}");
                }

            case FieldKind.Choice when !field.Choices.Contains(text, StringComparer.Ordinal):
                throw new ProblemException(ProblemKind.Invalid, $"{field.Label}: “{text}” is not one of {string.Join(", ", field.Choices)}.");
            default:
                return new(text);
        }
    }

    private static void CheckRange(Dictionary<string, StepValue> values, StepField? low, StepField? high)
    {
        if (low is not null && high is not null && values.GetValueOrDefault(low.Key)?.Si is { } least && values.GetValueOrDefault(high.Key)?.Si is { } most && least > most)
        {
            throw new ProblemException(ProblemKind.Invalid, $"{low.Label} ({values[low.Key].Typed}) lies above {high.Label} ({values[high.Key].Typed}).");
        }
    }
}
