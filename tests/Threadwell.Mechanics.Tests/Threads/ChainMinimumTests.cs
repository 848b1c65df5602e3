using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Mechanics.Tests.Threads;

/// <summary>The reduced energy against an independent minimum: all active sets of a small chain, tried one by one.</summary>
public sealed class ChainMinimumTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public void EnergyIsTheLowestOfAllActiveSets(bool anchored, bool pulled) =>
        Gen.Int[1, 1_000_000].Sample(
            seed =>
            {
                var chain = new SmallChain(seed, anchored, pulled);
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
        private readonly bool _anchored;
        private readonly double? _pull;

        public SmallChain(int seed, bool anchored, bool pulled)
        {
            var random = new Random(seed);
            int count = random.Next(2, 5);
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

            // Up to, but not at, what barbs and cable bear.
            _pull = pulled ? 0.95 * random.NextDouble() * Math.Min(capacity, Strength) : null;
        }

        public ThreadStation[] Stations { get; }

        public double[] Tissue { get; }

        public ThreadDefinition Definition() => ThreadFixture.Straight(Stations, Ea, Strength, 1, 1, Sliding) with
        {
            HoldingN = _holding,
            BondStiffnessNPerMm = _bond,
            GatherMm = _gather,
            PullN = _pull,
            AnchorStiffnessNPerMm = Anchor,
        };

        /// <summary>Each spring is elastic or on one of its constant branches; every such linear system's solution is a candidate.</summary>
        public double LowestEnergy()
        {
            int count = Stations.Length, springs = (2 * count) - 1;
            double best = double.PositiveInfinity;
            for (int code = 0; code < (int)Math.Pow(3, springs); code++)
            {
                var matrix = Matrix<double>.Build.DenseIdentity(count) * 1e-11;
                var force = Vector<double>.Build.Dense(count);
                int rest = code;
                for (int station = 0; station < count; station++, rest /= 3)
                {
                    (double upper, double lower) = Limits(station);
                    if (rest % 3 == 0)
                    {
                        matrix[station, station] += _bond[station];
                        force[station] += _bond[station] * Tissue[station];
                    }
                    else
                    {
                        force[station] += rest % 3 == 1 ? upper : -lower;
                    }

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
                (double upper, double lower) = Limits(station);
                double stretch = Tissue[station] - theta[station], stiffness = _bond[station];
                energy += stiffness * stretch > upper ? (upper * stretch) - (upper * upper / (2 * stiffness))
                    : stiffness * stretch < -lower ? (-lower * stretch) - (lower * lower / (2 * stiffness))
                    : 0.5 * stiffness * stretch * stretch;
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

        private double Stiffness(int segment) => Ea / (Stations[segment + 1].AxialMm - Stations[segment].AxialMm);

        private (double Upper, double Lower) Limits(int station) =>
            Stations[station].Grip == BarbGrip.HoldsTowardsEntry ? (_holding[station], Sliding * _holding[station]) : (Sliding * _holding[station], _holding[station]);
    }
}
