namespace Threadwell.Geometry;

/// <summary>The turn from a file's axes to the patient frame (+x left, +y up, +z front).</summary>
internal sealed class PatientAxes
{
    private readonly Vector3D _left;
    private readonly Vector3D _up;
    private readonly Vector3D _front;

    /// <summary>Takes the two axes by name; the third follows.</summary>
    /// <exception cref="InvalidInputException">An axis is unknown, or the two are not perpendicular.</exception>
    public PatientAxes(string up, string front)
    {
        _up = Axis("up", up);
        _front = Axis("front", front);
        if (Vector3D.Dot(_up, _front) != 0)
        {
            throw new InvalidInputException("front", place: null, $"the front axis '{front}' must be perpendicular to the up axis '{up}'");
        }

        // Up x front is the left of whoever stands upright and looks along front: always a proper rotation.
        _left = Vector3D.Cross(_up, _front);
    }

    public Vector3D ToPatient(Vector3D file) => new(Vector3D.Dot(_left, file), Vector3D.Dot(_up, file), Vector3D.Dot(_front, file));

    private static Vector3D Axis(string option, string name) => name switch
    {
        "+x" => Vector3D.UnitX,
        "-x" => -Vector3D.UnitX,
        "+y" => Vector3D.UnitY,
        "-y" => -Vector3D.UnitY,
        "+z" => Vector3D.UnitZ,
        "-z" => -Vector3D.UnitZ,
        _ => throw new InvalidInputException(option, place: null, $"'{name}' is not one of +x, -x, +y, -y, +z, -z"),
    };
}
