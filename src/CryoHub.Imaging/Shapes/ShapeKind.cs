namespace CryoHub.Imaging.Shapes;

/// <summary>What a person can draw; it says how the coordinates are read.</summary>
public enum ShapeKind
{
    /// <summary>One place.</summary>
    Point,

    /// <summary>From one place to another; also the ruler.</summary>
    Line,

    /// <summary>From tail to head.</summary>
    Arrow,

    /// <summary>Straight pieces, open.</summary>
    Polyline,

    /// <summary>An open line as the hand drew it.</summary>
    Freehand,

    /// <summary>A closed outline; every further ring is a hole.</summary>
    Polygon,

    /// <summary>Four corners in order, so that it can be turned.</summary>
    Rectangle,

    /// <summary>The centre and the ends of two conjugate half axes, so that it can be turned.</summary>
    Ellipse,

    /// <summary>End of one arm, vertex, end of the other.</summary>
    Angle,

    /// <summary>Words at a place.</summary>
    Text,
}
