using CryoHub.Web.Components;

namespace CryoHub.Web.Features.Facility;

/// <summary>How wrong a clock is, in words.</summary>
internal static class ClockWords
{
    /// <summary>"40 min 0 s ahead", "right to 12.0 s".</summary>
    public static string Of(double seconds, bool isWrong) =>
        isWrong ? $"{Words.Duration(TimeSpan.FromSeconds(Math.Abs(seconds)))} {(seconds > 0 ? "ahead" : "behind")}" : $"right to {Words.Duration(TimeSpan.FromSeconds(Math.Abs(seconds)))}";
}
