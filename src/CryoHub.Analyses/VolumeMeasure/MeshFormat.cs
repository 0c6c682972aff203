using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.VolumeMeasure;

/// <summary>A file of triangles.</summary>
public enum MeshFormat
{
    /// <summary>Binary STL.</summary>
    [Display(Name = "STL")]
    Stl,

    /// <summary>Binary PLY.</summary>
    [Display(Name = "PLY")]
    Ply,

    /// <summary>Wavefront OBJ.</summary>
    [Display(Name = "OBJ")]
    Obj,
}
