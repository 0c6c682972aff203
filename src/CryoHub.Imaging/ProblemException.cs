namespace CryoHub.Imaging;

/// <summary>A reason meant for the user: what was expected and what was found, with numbers.</summary>
public sealed class ProblemException(ProblemKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    public ProblemKind Kind { get; } = kind;

    public static ProblemException Unreadable(string message, Exception? inner = null) => new(ProblemKind.Unreadable, message, inner);

    public static ProblemException Invalid(string message) => new(ProblemKind.Invalid, message);
}
