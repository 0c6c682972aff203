namespace CryoHub.Imaging.Shapes;

/// <summary>An upright box in pixels, y downwards.</summary>
public readonly record struct ShapeBox(double Left, double Top, double Right, double Bottom)
{
    /// <summary>True where the two share at least a place of their edges.</summary>
    public bool Meets(ShapeBox other) => Left <= other.Right && other.Left <= Right && Top <= other.Bottom && other.Top <= Bottom;
}
