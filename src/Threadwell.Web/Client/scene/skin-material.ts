// The skin: a standard material whose light softens towards the shadow (light scatters under skin, red the farthest), and on which the treated
// area, danger zones and contour lines are drawn from one number a vertex each, so that their edges stay sharp at every zoom.
import { BufferAttribute, type BufferGeometry, MeshPhongMaterial, ShaderChunk } from 'three';
import { SKIN } from './colour-scale';

/** As far from an edge as distances are told, mm: nothing is drawn there, and no triangle bridges a jump that would look like an edge. */
export const FAR_MM = 8;

const WRAPPED_LIGHT = `
	float facing = dot( geometryNormal, directLight.direction );
	vec3 wrap = vec3( 0.36, 0.20, 0.15 );
	vec3 irradiance = clamp( ( facing + wrap ) / ( 1.0 + wrap ), 0.0, 1.0 ) * directLight.color;`;

const VERTEX_HEAD = `
attribute float hollow;
attribute float scalar;
attribute float areaMm;
attribute float zoneMm;
varying float vHollow;
varying float vScalar;
varying float vAreaMm;
varying float vZoneMm;
varying vec3 vAt;
`;

const VERTEX_BODY = `
vHollow = hollow;
vScalar = scalar;
vAreaMm = areaMm;
vZoneMm = zoneMm;
vAt = position;
`;

const FRAGMENT_HEAD = `
varying float vHollow;
varying float vScalar;
varying float vAreaMm;
varying float vZoneMm;
varying vec3 vAt;
uniform float contourStep;

float edge( float distanceMm, float halfWidthMm ) {
	float width = fwidth( distanceMm );
	return 1.0 - smoothstep( halfWidthMm, halfWidthMm + max( width, 0.05 ), abs( distanceMm ) );
}
`;

const FRAGMENT_BODY = `
// Colours of a scale are not tinted.
float inArea = contourStep > 0.0 ? 0.0 : 1.0 - smoothstep( -5.0, 0.5, vAreaMm );
diffuseColor.rgb = mix( diffuseColor.rgb, diffuseColor.rgb * vec3( 0.84, 0.98, 1.0 ), inArea );
diffuseColor.rgb = mix( diffuseColor.rgb, vec3( 0.02, 0.20, 0.21 ), 0.42 * edge( vAreaMm, 0.22 ) );

if ( vZoneMm < 2.0 ) {
	float stripe = abs( fract( ( vAt.x + vAt.y + 0.5 * vAt.z ) / 4.2 ) - 0.5 );
	float soft = fwidth( ( vAt.x + vAt.y + 0.5 * vAt.z ) / 4.2 );
	float hatch = 1.0 - smoothstep( 0.13, 0.13 + max( soft, 0.02 ), stripe );
	// A zone as wide as a body cavity is hatched along its edge alone.
	hatch *= smoothstep( -20.0, -13.0, vZoneMm );
	float inside = 1.0 - smoothstep( -0.2, 0.2, vZoneMm );
	diffuseColor.rgb = mix( diffuseColor.rgb, vec3( 0.50, 0.055, 0.03 ), inside * ( 0.07 + 0.17 * hatch ) );
	diffuseColor.rgb = mix( diffuseColor.rgb, vec3( 0.42, 0.03, 0.02 ), 0.42 * edge( vZoneMm, 0.18 ) );
}

if ( contourStep > 0.0 ) {
	float line = vScalar / contourStep;
	float width = fwidth( line );
	float off = abs( fract( line - 0.5 ) - 0.5 );
	float shown = step( 0.5, abs( line ) ) * ( 1.0 - smoothstep( 0.25, 0.45, width ) );
	diffuseColor.rgb = mix( diffuseColor.rgb, diffuseColor.rgb * 0.42, shown * ( 1.0 - smoothstep( 0.6 * width, 1.5 * width, off ) ) );
}

diffuseColor.rgb *= mix( vec3( 1.0 ), vec3( 0.66, 0.47, 0.43 ), 0.85 * vHollow );
`;

/** The skin's material, and the one uniform that changes. */
export interface SkinMaterial {
  material: MeshPhongMaterial;
  contourStep: { value: number };
}

export function skinMaterial(): SkinMaterial {
  const material = new MeshPhongMaterial({ vertexColors: true, shininess: 14, specular: 0x1d1a18 });
  const contourStep = { value: 0 };
  material.onBeforeCompile = (shader) => {
    shader.uniforms.contourStep = contourStep;
    shader.vertexShader = shader.vertexShader.replace('void main() {', `${VERTEX_HEAD}void main() {`).replace('#include <begin_vertex>', `#include <begin_vertex>${VERTEX_BODY}`);
    shader.fragmentShader = shader.fragmentShader
      .replace('void main() {', `${FRAGMENT_HEAD}void main() {`)
      .replace('#include <color_fragment>', `#include <color_fragment>${FRAGMENT_BODY}`)
      .replace('#include <lights_phong_pars_fragment>', ShaderChunk.lights_phong_pars_fragment.replace('vec3 irradiance = dotNL * directLight.color;', WRAPPED_LIGHT));
  };
  return { material, contourStep };
}

/** Gives a geometry of the skin the attributes that the material draws from. */
export function addSkinAttributes(geometry: BufferGeometry, vertices: number, hollow: Float32Array): void {
  const colours = new Float32Array(3 * vertices);
  for (let vertex = 0; vertex < vertices; vertex++) colours.set(SKIN, 3 * vertex);
  geometry.setAttribute('color', new BufferAttribute(colours, 3));
  geometry.setAttribute('hollow', new BufferAttribute(hollow, 1));
  geometry.setAttribute('scalar', new BufferAttribute(new Float32Array(vertices), 1));
  geometry.setAttribute('areaMm', new BufferAttribute(new Float32Array(vertices).fill(FAR_MM), 1));
  geometry.setAttribute('zoneMm', new BufferAttribute(new Float32Array(vertices).fill(FAR_MM), 1));
}
