using System.Diagnostics.CodeAnalysis;

namespace CryoHub.Web;

/// <summary>An enumeration's value in a path or query, in the spelling of the JSON: upper and lower case do not matter.</summary>
public readonly record struct Named<T>(T Value) : IParsable<Named<T>>
    where T : struct, Enum
{
    public static implicit operator T(Named<T> named) => named.Value;

    public static Named<T> Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var named) ? named : throw new FormatException($"“{s}” is none of {string.Join(", ", Enum.GetNames<T>())}.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Named<T> result)
    {
        var known = Enum.TryParse(s, ignoreCase: true, out T value) && Enum.IsDefined(value);
        result = new Named<T>(value);
        return known;
    }
}
