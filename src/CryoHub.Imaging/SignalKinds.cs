using System.Text.RegularExpressions;

namespace CryoHub.Imaging;

/// <summary>The kebab-case keys of <see cref="SignalKind"/>, as stored in the database and printed by the command line.</summary>
public static partial class SignalKinds
{
    private static readonly Dictionary<SignalKind, string> Keys = Enum.GetValues<SignalKind>().ToDictionary(kind => kind, kind => Humps().Replace(kind.ToString(), "-$1").ToLowerInvariant());

    private static readonly Dictionary<string, SignalKind> Kinds = Keys.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>For instance <c>spectrum-image</c>.</summary>
    public static string Key(this SignalKind kind) => Keys[kind];

    /// <summary>The inverse of <see cref="Key"/>; <c>null</c> for an unknown key.</summary>
    public static SignalKind? Parse(string key) => Kinds.TryGetValue(key, out var kind) ? kind : null;

    /// <summary>True where the last axis (or all there is) is an energy axis.</summary>
    public static bool IsSpectral(this SignalKind kind) => kind is SignalKind.Spectrum or SignalKind.SpectrumLine or SignalKind.SpectrumImage;

    [GeneratedRegex("(?<=[a-z])([A-Z])")]
    private static partial Regex Humps();
}
