namespace CryoHub.Imaging.Shapes.Files;

/// <summary>The picture on which the shapes of a file are to lie.</summary>
/// <param name="Name">Name that a file gives to the picture.</param>
/// <param name="X">Axis to the right.</param>
/// <param name="Y">Axis downwards.</param>
/// <param name="Stack">Axes that count its frames, the slowest first; empty for a single picture.</param>
public sealed record DrawnPicture(string Name, Axis X, Axis Y, IReadOnlyList<Axis> Stack)
{
    /// <summary>Pictures over all axes of the stack.</summary>
    public long Frames => Stack.Aggregate(1L, (product, axis) => product * axis.Size);
}
