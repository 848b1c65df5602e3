using Threadwell.Mechanics.Linear;

namespace Threadwell.Mechanics.Equilibrium;

/// <summary>
/// Limited-memory BFGS directions (Nocedal and Wright, Numerical Optimization, algorithm 7.4) around a frozen factor: one residual and
/// one solve an iteration, no tangent.
/// </summary>
internal sealed class SecantDirections
{
    private const int Memory = 12;
    private readonly double[][] _steps = new double[Memory][];
    private readonly double[][] _changes = new double[Memory][];
    private readonly double[] _scale = new double[Memory];
    private readonly double[] _alpha = new double[Memory];
    private readonly double[] _work;
    private readonly VectorOps _ops;
    private int _count;
    private int _newest = -1;

    public SecantDirections(int length)
    {
        _ops = new VectorOps(length);
        _work = new double[length];
        for (int i = 0; i < Memory; i++)
        {
            _steps[i] = new double[length];
            _changes[i] = new double[length];
        }
    }

    /// <summary>True when no pair is stored: the direction is the factor's own.</summary>
    public bool IsEmpty => _count == 0;

    public void Clear() => _count = 0;

    /// <summary>Stores a step and the change of the gradient along it, where the energy bends upwards.</summary>
    public void Add(double[] from, double[] to, double[] gradientFrom, double[] gradientTo)
    {
        int slot = (_newest + 1) % Memory;
        double[] step = _steps[slot], change = _changes[slot];
        for (int i = 0; i < step.Length; i++)
        {
            step[i] = to[i] - from[i];
            change[i] = gradientTo[i] - gradientFrom[i];
        }

        double curvature = _ops.Dot(step, change);
        if (curvature > 1e-14 * Math.Sqrt(_ops.Dot(step, step) * _ops.Dot(change, change)))
        {
            _scale[slot] = 1 / curvature;
            _newest = slot;
            _count = Math.Min(_count + 1, Memory);
        }
        else
        {
            // The slot may have held the oldest pair.
            _count = Math.Min(_count, Memory - 1);
        }
    }

    /// <summary>direction = -H gradient.</summary>
    public void Direction(double[] gradient, Preconditioner factor, double[] direction)
    {
        gradient.CopyTo(_work, 0);
        for (int i = 0; i < _count; i++)
        {
            int slot = (_newest - i + Memory) % Memory;
            _alpha[slot] = _scale[slot] * _ops.Dot(_steps[slot], _work);
            _ops.AddScaled(-_alpha[slot], _changes[slot], _work);
        }

        factor.Apply(_work, direction);
        for (int i = _count - 1; i >= 0; i--)
        {
            int slot = (_newest - i + Memory) % Memory;
            double beta = _scale[slot] * _ops.Dot(_changes[slot], direction);
            _ops.AddScaled(_alpha[slot] - beta, _steps[slot], direction);
        }

        for (int i = 0; i < direction.Length; i++)
        {
            direction[i] = -direction[i];
        }
    }
}
