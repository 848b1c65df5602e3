using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Mechanics.Tests.Threads;

/// <summary>The reduced energy against an independent minimum: all active sets of a small chain, tried one by one.</summary>
public sealed class ChainMinimumTests
{
    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(true, true, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    [InlineData(true, false, true)]
    [InlineData(true, true, true)]
    [InlineData(false, true, true)]
    public void EnergyIsTheLowestOfAllActiveSets(bool anchored, bool pulled, bool stiffens) =>
        Gen.Int[1, 1_000_000].Sample(
            seed =>
            {
                var chain = new SmallChain(seed, anchored, pulled, stiffens);
                var system = new ThreadSystem(chain.Stations.Length, [chain.Definition()]);
                double energy = system.AddEnergyAndGradient(ThreadFixture.AlongX(chain.Tissue), new double[3 * chain.Tissue.Length]);
                double enumerated = chain.LowestEnergy();
                Assert.True(Math.Abs(energy - enumerated) <= 1e-7 * (1 + Math.Abs(enumerated)), $"{energy} against {enumerated}");
            },
            iter: 60);

    private sealed class SmallChain
    {
        private const double Ea = 8;
        private const double Strength = 0.9;
        private const double Anchor = 30;
        private const double Sliding = 0.3;
        private readonly double[] _holding;
        private readonly double[] _bond;
        private readonly double[] _gather;
        private readonly NearFieldCurve[]? _near;
        private readonly bool _anchored;
        private readonly double? _pull;

        public SmallChain(int seed, bool anchored, bool pulled, bool stiffens)
        {
            var random = new Random(seed);
            int count = random.Next(2, stiffens ? 4 : 5);
            _anchored = anchored;
            Stations = new ThreadStation[count];
            Tissue = new double[count];
            _holding = new double[count];
            _bond = new double[count];
            _gather = new double[count - 1];
            double axial = 0, capacity = 0;
            for (int station = 0; station < count; station++)
            {
                BarbGrip grip = random.Next(2) == 0 ? BarbGrip.HoldsTowardsEntry : BarbGrip.HoldsTowardsExit;
                Stations[station] = new ThreadStation(axial, grip, anchored && station == 0);
                axial += 1 + random.NextDouble();
                Tissue[station] = 2 * random.NextDouble();
                _holding[station] = 0.2 + random.NextDouble();
                _bond[station] = 0.3 + random.NextDouble();
                capacity += grip == BarbGrip.HoldsTowardsEntry ? _holding[station] : Sliding * _holding[station];
            }

            for (int segment = 0; segment < count - 1; segment++)
            {
                _gather[segment] = random.NextDouble() - 0.2;
            }

            if (stiffens)
            {
                _near = [.. _holding.Select(holding => new NearFieldCurve { LoadN = [0.2 * holding, holding], DisplacementMm = [random.NextDouble(), 1 + (0.3 * random.NextDouble())] })];
            }

            // Up to, but not at, what barbs and cable bear.
            _pull = pulled ? 0.95 * random.NextDouble() * Math.Min(capacity, Strength) : null;
        }

        public ThreadStation[] Stations { get; }

        public double[] Tissue { get; }

        public ThreadDefinition Definition() => ThreadFixture.Straight(Stations, Ea, Strength, 1, 1, Sliding) with
        {
            HoldingN = _holding,
            BondStiffnessNPerMm = _bond,
            NearField = _near,
            GatherMm = _gather,
            PullN = _pull,
            AnchorStiffnessNPerMm = Anchor,
        };

        /// <summary>Each spring is on one of its straight branches; every such linear system's solution is a candidate.</summary>
        public double LowestEnergy()
        {
            int count = Stations.Length;
            (double Force, double Stiffness)[][] branches = [.. Enumerable.Range(0, count).Select(Branches)];
            double best = double.PositiveInfinity;
            int codes = branches.Aggregate((int)Math.Pow(3, count - 1), (product, of) => product * of.Length);
            for (int code = 0; code < codes; code++)
            {
                var matrix = Matrix<double>.Build.DenseIdentity(count) * 1e-11;
                var force = Vector<double>.Build.Dense(count);
                int rest = code;
                for (int station = 0; station < count; station++)
                {
                    (double constant, double stiffness) = branches[station][rest % branches[station].Length];
                    rest /= branches[station].Length;
                    matrix[station, station] += stiffness;
                    force[station] += constant + (stiffness * Tissue[station]);

                    // A wish for the least stretch where the energy is flat.
                    force[station] += 1e-11 * Tissue[station];
                }

                for (int segment = 0; segment < count - 1; segment++, rest /= 3)
                {
                    double stiffness = Stiffness(segment);
                    if (rest % 3 == 0)
                    {
                        matrix[segment, segment] += stiffness;
                        matrix[segment + 1, segment + 1] += stiffness;
                        matrix[segment, segment + 1] -= stiffness;
                        matrix[segment + 1, segment] -= stiffness;
                        force[segment] += stiffness * _gather[segment];
                        force[segment + 1] -= stiffness * _gather[segment];
                    }
                    else if (rest % 3 == 1)
                    {
                        force[segment] += Strength;
                        force[segment + 1] -= Strength;
                    }
                }

                matrix[0, 0] += _anchored && _pull is null ? Anchor : 0;
                force[0] -= _pull ?? 0;
                best = Math.Min(best, Energy(matrix.Solve(force)));
            }

            return best;
        }

        private double Energy(Vector<double> theta)
        {
            double energy = ((_pull ?? 0) * theta[0]) + (_anchored && _pull is null ? 0.5 * Anchor * theta[0] * theta[0] : 0);
            for (int station = 0; station < theta.Count; station++)
            {
                energy += BondEnergy(station, Tissue[station] - theta[station]);
            }

            for (int segment = 0; segment < theta.Count - 1; segment++)
            {
                double stretch = theta[segment + 1] - theta[segment] + _gather[segment], stiffness = Stiffness(segment);
                energy += stretch <= 0 ? 0
                    : stiffness * stretch > Strength ? (Strength * stretch) - (Strength * Strength / (2 * stiffness))
                    : 0.5 * stiffness * stretch * stretch;
            }

            return energy;
        }

        /// <summary>Straight branches of a bond's force: its value at no stretch, and its slope.</summary>
        private (double Force, double Stiffness)[] Branches(int station)
        {
            (double upper, double lower) = Limits(station);
            var branches = new List<(double Force, double Stiffness)> { (upper, 0), (-lower, 0) };
            (double[] loads, double[] stretches) = Law(station);
            for (int knot = 1; knot < loads.Length; knot++)
            {
                double stiffness = (loads[knot] - loads[knot - 1]) / (stretches[knot] - stretches[knot - 1]);
                double force = loads[knot] - (stiffness * stretches[knot]);
                branches.AddRange(knot == 1 ? [(0, stiffness)] : [(force, stiffness), (-force, stiffness)]);
            }

            return [.. branches];
        }

        /// <summary>The least energy of a bond is the integral of its force: the trapezia up to its stretch, and the limit beyond.</summary>
        private double BondEnergy(int station, double stretch)
        {
            (double upper, double lower) = Limits(station);
            double limit = stretch > 0 ? upper : lower, size = Math.Abs(stretch), energy = 0;
            (double[] loads, double[] stretches) = Law(station);
            for (int knot = 1; knot < loads.Length; knot++)
            {
                double stiffness = (loads[knot] - loads[knot - 1]) / (stretches[knot] - stretches[knot - 1]);
                double end = Math.Min(knot == loads.Length - 1 ? double.PositiveInfinity : stretches[knot], Math.Min(size, stretches[knot - 1] + ((limit - loads[knot - 1]) / stiffness)));
                double over = Math.Max(0, end - stretches[knot - 1]);
                energy += over * (loads[knot - 1] + (0.5 * stiffness * over));
                if (end < stretches[knot] || knot == loads.Length - 1)
                {
                    return energy + (limit * Math.Max(0, size - end));
                }
            }

            return energy;
        }

        private (double[] Loads, double[] Stretches) Law(int station) => _near is null
            ? ([0, 1], [0, 1 / _bond[station]])
            : ([0, .. _near[station].LoadN], [0, .. _near[station].LoadN.Zip(_near[station].DisplacementMm, (load, near) => (load / _bond[station]) + near)]);

        private double Stiffness(int segment) => Ea / (Stations[segment + 1].AxialMm - Stations[segment].AxialMm);

        private (double Upper, double Lower) Limits(int station) =>
            Stations[station].Grip == BarbGrip.HoldsTowardsEntry ? (_holding[station], Sliding * _holding[station]) : (Sliding * _holding[station], _holding[station]);
    }
}
