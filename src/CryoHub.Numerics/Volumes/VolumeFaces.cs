namespace CryoHub.Numerics.Volumes;

/// <summary>Faces of a volume.</summary>
[Flags]
public enum VolumeFaces
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>z = 0.</summary>
    ZLow = 1,

    /// <summary>The last slice.</summary>
    ZHigh = 2,

    /// <summary>y = 0.</summary>
    YLow = 4,

    /// <summary>The last row.</summary>
    YHigh = 8,

    /// <summary>x = 0.</summary>
    XLow = 16,

    /// <summary>The last column.</summary>
    XHigh = 32,
}
