using CryoHub.Imaging.Shapes;

namespace CryoHub.Platform.Annotations;

/// <summary>What a shape and each of its earlier states have in common.</summary>
public interface IShapeState
{
    ShapeKind Kind { get; }

    string ClassKey { get; }

    string Label { get; }

    double[] Coordinates { get; }

    int[] RingLengths { get; }

    int? FirstFrame { get; }

    int? LastFrame { get; }

    double? Confidence { get; }
}
