using System.ComponentModel.DataAnnotations;

namespace CryoHub.Worker.Previews;

/// <summary>Section <c>Worker:Previews</c>.</summary>
public sealed class PreviewOptions
{
    /// <summary>Memory for signals that pages are working with.</summary>
    [Range(16, 1 << 20)]
    public int WarmMiB { get; set; } = 1024;

    /// <summary>A preview that takes longer is given up; the same work can be submitted as a job.</summary>
    public TimeSpan Longest { get; set; } = TimeSpan.FromSeconds(20);
}
