using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Threadwell.Mechanics.Parallelism;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Threadwell.Mechanics.Linear.Frontal;

/// <summary>
/// Solves with a factor for many sparse right-hand sides: eight at a time, one a vector lane, so that each number of the factor is read
/// once for eight of them; fronts that no force reaches are passed over on the way up. Each lane has the same bits whatever its neighbours
/// and however many threads.
/// </summary>
internal sealed unsafe class BlockSolve
{
    /// <summary>Right-hand sides solved together.</summary>
    public const int Lanes = 8;

    private readonly FrontalCholesky _cholesky;
    private readonly FrontalPattern _pattern;
    private readonly V[] _value;
    private readonly V[] _remainder;
    private readonly int[] _remainingStart;
    private readonly bool[] _reached;
    private readonly V[] _front;

    private BlockSolve(FrontalCholesky cholesky)
    {
        _cholesky = cholesky;
        _pattern = cholesky.Pattern;
        int fronts = _pattern.Fronts.Length;
        _value = new V[_pattern.Fixed.Length];
        _remainingStart = new int[fronts + 1];
        for (int f = 0; f < fronts; f++)
        {
            _remainingStart[f + 1] = _remainingStart[f] + _pattern.Fronts[f].RemainingCount;
        }

        _remainder = new V[_remainingStart[fronts]];
        _reached = new bool[fronts];
        _front = new V[_pattern.Fronts.Max(front => front.Count) + Lanes];
    }

    /// <summary>Solves for groups of eight right-hand sides.</summary>
    /// <param name="cholesky">The factor.</param>
    /// <param name="groups">Number of groups.</param>
    /// <param name="threads">Threads of execution.</param>
    /// <param name="load">Writes the right-hand sides of a group, eight numbers an unknown, over zeros.</param>
    /// <param name="store">Takes the solutions of a group, eight numbers an unknown; zero at fixed ones.</param>
    public static void Run(FrontalCholesky cholesky, int groups, int threads, Action<int, float[]> load, Action<int, float[]> store)
    {
        // Workers, not groups, own the large workspace: group g belongs to worker g modulo their number, and no group knows of another.
        int workers = Math.Max(1, Math.Min(threads, groups));
        FixedChunks.For(workers, 1, workers, (worker, _, _) =>
        {
            var solve = new BlockSolve(cholesky);
            float[] lanes = new float[Lanes * cholesky.Pattern.Fixed.Length];
            for (int group = worker; group < groups; group += workers)
            {
                Array.Clear(lanes);
                load(group, lanes);
                solve.Solve(lanes);
                store(group, lanes);
            }
        });
    }

    private void Solve(float[] lanes)
    {
        for (int unknown = 0; unknown < _value.Length; unknown++)
        {
            _value[unknown] = _pattern.Fixed[unknown] ? V.Zero : Vector256.Create(lanes, Lanes * unknown);
        }

        for (int f = 0; f < _pattern.Fronts.Length; f++)
        {
            Forward(f);
        }

        for (int f = _pattern.Fronts.Length - 1; f >= 0; f--)
        {
            Backward(f);
        }

        for (int unknown = 0; unknown < _value.Length; unknown++)
        {
            _value[unknown].CopyTo(lanes, Lanes * unknown);
        }
    }

    private void Forward(int f)
    {
        Front front = _pattern.Fronts[f];
        PanelSolve panel = _cholesky.Panel(f);
        V any = V.Zero;
        for (int i = 0; i < front.OwnCount; i++)
        {
            V value = _value[front.Unknowns[i]];
            _front[i] = value;
            any |= Vector256.Abs(value);
        }

        bool reached = any != V.Zero;
        Array.Clear(_front, front.OwnCount, panel.Width - front.OwnCount);
        foreach (int child in front.Children)
        {
            if (!_reached[child])
            {
                continue;
            }

            reached = true;
            int[] places = _pattern.Fronts[child].ParentPlace;
            int start = _remainingStart[child];
            for (int i = 0; i < places.Length; i++)
            {
                _front[places[i]] += _remainder[start + i];
            }
        }

        _reached[f] = reached;
        if (!reached)
        {
            return;
        }

        fixed (V* w = _front)
        {
            panel.Forward(w);
        }

        for (int i = 0; i < front.OwnCount; i++)
        {
            _value[front.Unknowns[i]] = _front[i];
        }

        Array.Copy(_front, front.OwnCount, _remainder, _remainingStart[f], front.RemainingCount);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward(int f)
    {
        Front front = _pattern.Fronts[f];
        PanelSolve panel = _cholesky.Panel(f);
        for (int i = 0; i < front.Count; i++)
        {
            _front[i] = _value[front.Unknowns[i]];
        }

        Array.Clear(_front, front.Count, panel.Width - front.Count);
        fixed (V* w = _front)
        {
            panel.Backward(w);
        }

        for (int i = 0; i < front.OwnCount; i++)
        {
            _value[front.Unknowns[i]] = _front[i];
        }
    }
}
