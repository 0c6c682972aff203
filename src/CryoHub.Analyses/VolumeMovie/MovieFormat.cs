using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.VolumeMovie;

/// <summary>How the frames are kept.</summary>
public enum MovieFormat
{
    /// <summary>H.264 in MP4.</summary>
    [Display(Name = "MP4")]
    Mp4,

    /// <summary>VP9 in WebM.</summary>
    [Display(Name = "WebM")]
    WebM,

    /// <summary>A ZIP archive of PNG pictures.</summary>
    [Display(Name = "PNG frames (ZIP)")]
    Png,
}
