using System.Diagnostics;
using Threadwell.Mechanics.Linear;
using Threadwell.Mechanics.Solids;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Mechanics.Equilibrium;

/// <summary>Energy, free gradient and residual of tissue and threads together, with the time they take.</summary>
internal sealed class EquilibriumProblem
{
    private readonly SolidModel _model;
    private readonly ThreadSystem? _threads;
    private readonly double[] _threadForces;
    private readonly VectorOps _ops;
    private double _deadLoadSquares;
    private double _otherForceSquares;

    public EquilibriumProblem(SolidModel model, ThreadSystem? threads, int threadsOfExecution)
    {
        _model = model;
        _threads = threads;
        Forces = new SolidForces(model, threadsOfExecution);
        Length = 3 * model.Mesh.NodeCount;
        _threadForces = new double[threads is null ? 0 : Length];
        _ops = new VectorOps(Length);
    }

    public SolidForces Forces { get; }

    /// <summary>Number of displacement components.</summary>
    public int Length { get; }

    /// <summary>Rounding error of an energy, N mm.</summary>
    public double EnergyNoise { get; private set; }

    public Stopwatch Watch { get; } = new();

    /// <summary>Takes loads and material from the model before a series of evaluations.</summary>
    public void Refresh()
    {
        Forces.RefreshLoads();
        _deadLoadSquares = _ops.Dot(Forces.Loads, Forces.Loads);
        double scale = 0;
        double[] tensor = _model.PointTensor;
        for (int element = 0; element < _model.Mesh.ElementCount; element++)
        {
            int point = 6 * _model.Mesh.PointStart[element];
            scale += _model.Mesh.ElementVolume[element] * (Math.Abs(tensor[point]) + Math.Abs(tensor[point + 1]) + Math.Abs(tensor[point + 2]));
        }

        EnergyNoise = 1e-14 * scale;
    }

    /// <summary>Energy; the gradient has zeros at fixed components. Infinite when an element is inside out.</summary>
    public double Evaluate(double[] displacement, double[] gradient)
    {
        Watch.Start();
        double energy = Forces.Evaluate(displacement, gradient);
        _otherForceSquares = Forces.SpringForceNorm * Forces.SpringForceNorm;
        if (_threads is not null && double.IsFinite(energy))
        {
            Array.Clear(_threadForces);
            energy += _threads.AddEnergyAndGradient(displacement, _threadForces);
            _ops.AddScaled(1, _threadForces, gradient);
            _otherForceSquares += _ops.Dot(_threadForces, _threadForces);
        }

        if (double.IsFinite(energy))
        {
            bool[] isFixed = _model.Fixed;
            for (int i = 0; i < gradient.Length; i++)
            {
                if (isFixed[i])
                {
                    _otherForceSquares += gradient[i] * gradient[i];
                    gradient[i] = 0;
                }
            }
        }

        Watch.Stop();
        return energy;
    }

    /// <summary>Relative residual of the gradient evaluated last (see <see cref="EquilibriumResult.RelativeResidual"/>).</summary>
    public double RelativeResidual(double[] gradient)
    {
        double residual = Math.Sqrt(_ops.Dot(gradient, gradient));
        double loads = Math.Sqrt(_deadLoadSquares + _otherForceSquares);
        return residual == 0 ? 0 : residual / Math.Max(loads, 1e-3 * Forces.ElementForceNorm);
    }
}
