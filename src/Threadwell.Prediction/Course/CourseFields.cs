using Threadwell.Geometry;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Prediction;

/// <summary>What one course, treated or untreated, computed at each stored time.</summary>
internal sealed class CourseFields
{
    /// <summary>Reserves the stored times.</summary>
    public CourseFields(int times)
    {
        Displacement = new double[times][];
        Residual = new double[times];
        Threads = new ThreadReport[times][];
    }

    /// <summary>Displacement of every node since the scan, mm: [stored time][3 x node + axis].</summary>
    public double[][] Displacement { get; }

    /// <summary>Relative residual of each equilibrium.</summary>
    public double[] Residual { get; }

    /// <summary>State of each thread: [stored time][thread]; empty for the untreated course.</summary>
    public ThreadReport[][] Threads { get; }

    /// <summary>Displacement of one node, mm.</summary>
    public Vector3D At(int time, int node)
    {
        double[] u = Displacement[time];
        return new Vector3D(u[3 * node], u[(3 * node) + 1], u[(3 * node) + 2]);
    }
}
