using CryoHub.Imaging;

namespace CryoHub.Analyses;

/// <summary>What every analysis says in the same words about an input that does not fit.</summary>
internal static class InputChecks
{
    /// <summary>The signal in that role, of a kind the analysis takes.</summary>
    /// <exception cref="ProblemException">It is missing or of another kind.</exception>
    public static ISignal Input(this AnalysisRun run, AnalysisInfo info, string role)
    {
        Check(info, role, run.Inputs.ToDictionary(input => input.Key, input => input.Value.Header));
        return run.Inputs[role];
    }

    /// <summary>The header in that role, of a kind the analysis takes.</summary>
    /// <exception cref="ProblemException">It is missing or of another kind.</exception>
    public static SignalHeader Input(this EstimateQuestion question, AnalysisInfo info, string role) => Check(info, role, question.Inputs);

    private static SignalHeader Check(AnalysisInfo info, string role, IReadOnlyDictionary<string, SignalHeader> inputs)
    {
        var kinds = info.Inputs.First(input => input.Role == role).Kinds;
        var wanted = string.Join(", ", kinds.Select(kind => kind.Key()));
        if (!inputs.TryGetValue(role, out var header))
        {
            throw ProblemException.Invalid($"{info.Title} needs an input \"{role}\" ({wanted}); found {(inputs.Count == 0 ? "none" : string.Join(", ", inputs.Keys))}.");
        }

        return kinds.Contains(header.Kind)
            ? header
            : throw ProblemException.Invalid($"{info.Title} takes {wanted}; \"{header.Name}\" is {header.Kind.Key()} of {string.Join(" x ", header.Shape)}.");
    }

    /// <summary>Refuses pixels without a value.</summary>
    /// <exception cref="ProblemException">How many of how many, and where the first one is.</exception>
    public static void RequireValues(ReadOnlySpan<float> pixels, int columns, string what)
    {
        var missing = 0;
        var first = -1;
        for (var i = 0; i < pixels.Length; i++)
        {
            if (!float.IsFinite(pixels[i]))
            {
                first = first < 0 ? i : first;
                missing++;
            }
        }

        if (missing > 0)
        {
            throw ProblemException.Invalid($"{what} holds {missing} of {pixels.Length} pixels without a value (NaN or infinite), the first at x {first % columns}, y {first / columns}.");
        }
    }
}
