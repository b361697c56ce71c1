package main

import (
	"github.com/BurntSushi/toml"
	"github.com/pingcap/tidb-operator/pkg/apis/util/config"
)

// What the operator makes of a text: another one, or nothing, and why.
type tomlVerdict struct {
	Refused string `json:"refused,omitempty"`
	Text    string `json:"text"`
}

func judgeToml(text string) tomlVerdict {
	found := tomlVerdict{}
	err := caught(func() error {
		read := config.New(nil)
		if err := read.UnmarshalTOML([]byte(text)); err != nil {
			return err
		}
		written, err := read.MarshalTOML()
		found.Text = string(written)
		return err
	})
	if err != nil {
		found.Refused = err.Error()
	}
	return found
}

type typedConfig struct {
	Component string `json:"component"`
	Text      string `json:"text"`
}

// judgeTyped reads a config as servers do, into fields that have types; why it cannot be read, or no text.
func judgeTyped(one typedConfig) string {
	structure, ok := structures()[one.Component]
	if !ok {
		return "no such component"
	}
	if err := caught(func() error { return toml.Unmarshal([]byte(one.Text), structure) }); err != nil {
		return err.Error()
	}
	return ""
}
