using CryoHub.Imaging;

namespace CryoHub.Cli;

/// <summary>The signal a user asked for by number; the first where none was asked for.</summary>
public static class SignalChoice
{
    public static ISignal Of(IReadOnlyList<ISignal> signals, int? number) => (number ?? 0) is var index && index >= 0 && index < signals.Count
        ? signals[index]
        : throw ProblemException.Invalid($"Signal {index} was asked for; the file holds {signals.Count}, counted from 0.");
}
