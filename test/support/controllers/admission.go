package main

func admit(told command) answer     { return answer{} }
func validate(object []byte) answer { return answer{} }
