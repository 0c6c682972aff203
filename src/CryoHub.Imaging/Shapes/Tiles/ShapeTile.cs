namespace CryoHub.Imaging.Shapes.Tiles;

/// <summary>A square piece of the drawing, 2^<paramref name="Size"/> pixels of the picture wide: the side is the zoom, and a screen shows about 512 of its own pixels of it.</summary>
/// <param name="Size">Binary logarithm of the side in pixels.</param>
/// <param name="X">How many sides it lies right of the picture's left edge.</param>
/// <param name="Y">How many sides it lies below the picture's upper edge.</param>
public readonly record struct ShapeTile(int Size, int X, int Y)
{
    /// <summary>Steps that places are rounded to, along a side: an eighth of a pixel of the screen.</summary>
    public const int Steps = 4096;

    /// <summary>Cells of a density tile along a side.</summary>
    public const int Cells = 64;

    /// <summary>8 pixels of the picture: finer than anybody draws.</summary>
    public const int Smallest = 3;

    /// <summary>16,777,216 pixels of the picture.</summary>
    public const int Largest = 24;

    private const int Farthest = 1 << 20;

    /// <summary>Pixels of the picture.</summary>
    public double Side => 1 << Size;

    /// <summary>Of the left edge, in pixels of the picture.</summary>
    public double Left => X * Side;

    /// <summary>Of the upper edge, in pixels of the picture.</summary>
    public double Top => Y * Side;

    /// <summary>With 1/64 of the side all round, so that thick lines are not cut at the seams.</summary>
    public ShapeBox WithMargin => new(Left - (Side / 64), Top - (Side / 64), Left + Side + (Side / 64), Top + Side + (Side / 64));

    /// <summary>Without margin: its right and lower edges belong to the next tiles.</summary>
    public ShapeBox Box => new(Left, Top, Left + Side, Top + Side);

    /// <summary>Refuses what no viewer asks for.</summary>
    /// <exception cref="ProblemException">Invalid, with what is possible.</exception>
    public void Check()
    {
        if (Size is < Smallest or > Largest || Math.Abs((long)X) > Farthest || Math.Abs((long)Y) > Farthest)
        {
            throw ProblemException.Invalid($"There is no tile {Size}/{X}/{Y}: sizes go from {Smallest} to {Largest}, and places to {Farthest:N0} on either side of 0.");
        }
    }
}
