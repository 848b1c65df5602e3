using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>A prediction with the fields that its pictures need.</summary>
public sealed class CoursePrediction
{
    /// <summary>The numbers, as they are written to file.</summary>
    public required PredictionDocument Document { get; init; }

    /// <summary>The courses behind the bands; null where only the single course was asked for, or too few found their equilibria.</summary>
    public EnsembleSamples? Samples { get; init; }

    /// <summary>The plan that was predicted.</summary>
    public required ThreadPlan Plan { get; init; }

    /// <summary>The whole scan, cleaned, mm, patient frame.</summary>
    public required TriangleMesh Scan { get; init; }

    /// <summary>The tissue under the treatment region.</summary>
    public required LayeredTissue Tissue { get; init; }

    /// <summary>Displacement of each skin column since the scan, treated, mm: [stored time][column].</summary>
    public required Vector3D[][] Treated { get; init; }

    /// <summary>Displacement of each skin column since the scan, untreated, mm: [stored time][column].</summary>
    public required Vector3D[][] Untreated { get; init; }

    /// <summary>The threads inside the tissue before they are pulled, mm, patient frame: [thread][point].</summary>
    public required Vector3D[][] ThreadPaths { get; init; }

    /// <summary>New collagen relative to the tissue's own, averaged over each column's depth: [stored time][column].</summary>
    public required double[][] NewCollagen { get; init; }
}
